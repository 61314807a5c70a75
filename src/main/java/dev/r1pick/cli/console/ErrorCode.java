package dev.r1pick.cli.console;

/// What went wrong, for programs: a few words that stay what they are while sentences change.
/// `docs/schema/error.schema.json` lists them, `docs/scripts.md` says what each means.
public final class ErrorCode {
  public static final String BUG = "bug";
  public static final String INVALID_FILE = "invalid-file";
  static final String NOT_WRITTEN = "not-written";

  private static final String AREA = "error.";
  private static final String NEAR = "-near";

  private ErrorCode() {}

  /// The code of an error, from the key of its sentence.
  public static String of(String key) {
    if (key.startsWith("use-cases.error.not-for-r1.")) {
      return "not-for-r1";
    }
    if (key.startsWith("policy.")) {
      return "invalid-policy";
    }
    int area = key.indexOf(AREA);
    String id = key.substring(area < 0 ? key.indexOf('.') + 1 : area + AREA.length());
    if (id.endsWith("-tag") && id.startsWith("unknown-")) {
      id = id.substring(0, id.length() - "-tag".length());
    }
    if (id.endsWith(NEAR)) {
      id = id.substring(0, id.length() - NEAR.length());
    }
    return switch (id) {
      case "memory",
          "download",
          "context",
          "context-too-small",
          "at-tokens",
          "at-tokens-beyond",
          "beyond-trained",
          "whole",
          "positive",
          "word",
          "language",
          "duration",
          "license",
          "format-default",
          "report-form",
          "ollama-version",
          "modules",
          "ollama-env",
          "gpu-empty",
          "no-gpus",
          "one-chip",
          "too-many-gpus" ->
          "invalid-value";
      case "twice" -> "option-twice";
      case "option-of-command" -> "unknown-option";
      case "use-case" -> "unknown-use-case";
      case "tag-missing" -> "missing-tag";
      case "tag-unknown" -> "unknown-tag";
      case "gpu-unknown",
          "gpu-wrong-memory",
          "gpu-share",
          "gpu-share-of",
          "gpu-none",
          "gpu-inside",
          "gpu-no-driver",
          "gpu-virtual-display",
          "gpu-other-accelerator" ->
          "unknown-gpu";
      case "gpu-memory", "gpu-several", "gpu-no-model", "gpu-architecture" -> "ambiguous-gpu";
      case "cpu-unknown" -> "unknown-cpu";
      case "gpu-needs-ram", "gpu-needs-ram-of" -> "missing-ram";
      case "use-case-and-profile",
          "quiet-with-format",
          "cpu-only-with-gpu",
          "measure-elsewhere",
          "measure-with-record",
          "use-case-and-policy",
          "tag-and-policy",
          "option-needs-tag",
          "machines-and",
          "machines-is-one",
          "format-of-many" ->
          "conflicting-options";
      case "no-such-backend-here" -> "no-such-backend";
      case "unreadable",
          "catalog-unreadable",
          "machine-absent",
          "recording.no-such-folder",
          "recording.not-readable",
          "config-absent",
          "config-unreadable" ->
          "unreadable-file";
      case "file",
          "file-at",
          "machine-too-large",
          "profile-too-large",
          "no-machines",
          "recording.nothing-recorded",
          "recording.too-large",
          "recording.broken-file" ->
          INVALID_FILE;
      case "config-line", "config-key", "config-twice", "config-value" -> "invalid-config";
      case "no-policy" -> "missing-policy";
      case "two-policies" -> "ambiguous-policy";
      case "policy-too-large", "policy-not-utf8" -> "invalid-policy";
      case "report",
          "report-no-folder",
          "report-denied",
          "record",
          "output",
          "measured-not-kept",
          "measured-nowhere" ->
          NOT_WRITTEN;
      case "measured-not" -> "not-measured";
      default -> id.replace('.', '-');
    };
  }
}
