package dev.r1pick.catalog;

/// The quantizations in which R1 is published on Ollama.
public enum Quantization {
  /// Mixed 4 and 6 bit blocks, about 4.8 bits per weight.
  Q4_K_M("Q4_K_M"),
  /// 8 bit blocks, 8.5 bits per weight.
  Q8_0("Q8_0"),
  /// Half precision, 16 bits per weight.
  F16("F16");

  private final String label;

  Quantization(String label) {
    this.label = label;
  }

  /// As llama.cpp writes it.
  public String label() {
    return label;
  }
}
