package dev.r1pick.text;

/// How alike two names are.
public final class Spelling {
  private Spelling() {}

  /// Letters to insert, delete or exchange to get from one to the other (Levenshtein).
  public static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int exchanged = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }

  /// Whether all letters of `brief` stand in `full` in the same order.
  public static boolean isAbbreviation(String brief, String full) {
    int at = 0;
    for (int i = 0; i < full.length() && at < brief.length(); i++) {
      if (full.charAt(i) == brief.charAt(at)) {
        at++;
      }
    }
    return at == brief.length();
  }
}
