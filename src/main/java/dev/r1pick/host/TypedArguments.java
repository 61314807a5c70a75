package dev.r1pick.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The arguments of this process as its user typed them. The launcher runs Java in UTF-8, so that
/// every file has a name; a terminal of another charset sends other bytes for the same characters.
public final class TypedArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  /// The first character that UTF-8 writes with three bytes, as it does all Chinese ones.
  private static final char FIRST_OF_THREE_BYTES = 0x800;

  private TypedArguments() {}

  /// The arguments, read anew where that is needed and Linux tells their bytes.
  ///
  /// @param taken as Java read them, as UTF-8
  /// @param typed the charset of the terminal
  public static List<String> of(List<String> taken, Charset typed) {
    if (typed.equals(StandardCharsets.UTF_8) || !anyIsForeign(taken)) {
      return taken;
    }
    try {
      return read(Files.readAllBytes(COMMAND_LINE), taken, typed);
    } catch (IOException _) {
      return taken;
    }
  }

  /// @param commandLine of the process, each word with a zero byte behind it
  static List<String> read(byte[] commandLine, List<String> taken, Charset typed) {
    var words = new ArrayList<ByteBuffer>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        words.add(ByteBuffer.wrap(commandLine, start, i - start));
        start = i + 1;
      }
    }
    int before = words.size() - taken.size();
    var arguments = new ArrayList<String>();
    for (int i = 0; i < taken.size(); i++) {
      String word = taken.get(i);
      arguments.add(
          before >= 0 && isForeign(word) ? decoded(words.get(before + i), typed, word) : word);
    }
    return arguments;
  }

  private static String decoded(ByteBuffer bytes, Charset typed, String otherwise) {
    try {
      return typed.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      return otherwise;
    }
  }

  private static boolean anyIsForeign(List<String> words) {
    for (String word : words) {
      if (isForeign(word)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a word is hardly UTF-8: names that a shell completes are, whatever the terminal says.
  private static boolean isForeign(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\uFFFD' || (c > 0x7F && c < FIRST_OF_THREE_BYTES)) {
        return true;
      }
    }
    return false;
  }
}
