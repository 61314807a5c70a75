package dev.r1pick.ollama;

/// What decides how much is left free on each GPU.
public enum MarginOrigin {
  /// 1024 MiB, llama.cpp's own.
  ENGINE_DEFAULT,
  /// `LLAMA_ARG_FIT_TARGET`.
  FIT_TARGET,
  /// `LLAMA_ARG_FIT=off`: nothing is kept free and nothing is moved to RAM.
  FIT_OFF,
  /// The reserve of Ollama before 0.30.
  OWN_LAYOUT
}
