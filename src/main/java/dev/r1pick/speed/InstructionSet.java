package dev.r1pick.speed;

import dev.r1pick.hardware.Cpu;
import java.util.List;
import java.util.Locale;

/// The widest instructions that the engine has a CPU library for and a processor can do.
public enum InstructionSet {
  /// x86 without AVX.
  SSE,
  AVX,
  AVX2,
  AVX512,
  /// Matrix units of server processors from 2023 on.
  AMX,
  /// 64-bit Arm.
  NEON;

  /// As the catalog writes it, such as `avx2`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The features that a processor of it has, as Linux names them.
  List<String> features() {
    return switch (this) {
      case SSE -> List.of("sse4_2");
      case AVX -> List.of("avx");
      case AVX2 -> List.of("avx", "avx2");
      case AVX512 -> List.of("avx", "avx2", "avx512f");
      case AMX -> List.of("avx", "avx2", "avx512f", "amx_int8");
      case NEON -> List.of("neon");
    };
  }

  /// What this processor can do; what is usual where its features are not known.
  public static InstructionSet of(Cpu cpu) {
    if (cpu.arch().equals("aarch64")) {
      return NEON;
    }
    List<String> features = cpu.features();
    if (features.contains("amx_int8")) {
      return AMX;
    }
    if (features.contains("avx512f")) {
      return AVX512;
    }
    if (features.isEmpty() || features.contains("avx2")) {
      return AVX2;
    }
    return features.contains("avx") ? AVX : SSE;
  }
}
