package dev.r1pick.ollama;

/// Who decides what fits, and how: what changed between versions of Ollama.
public enum Era {
  /// Up to 0.15.4: Ollama's own layout, fixed default context.
  A,
  /// 0.15.5 to 0.24.0: Ollama's own layout, default context by memory.
  B,
  /// From 0.30.0: llama-server fits the layers. Unknown versions are taken to be newest.
  C;

  static Era of(OllamaSetup setup) {
    if (setup.isAtLeast(30, 0)) {
      return C;
    }
    return setup.isAtLeast(15, 5) ? B : A;
  }
}
