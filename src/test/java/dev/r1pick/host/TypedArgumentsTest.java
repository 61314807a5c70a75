package dev.r1pick.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedArgumentsTest {
  private static byte[] words(byte[]... words) {
    var all = new ByteArrayOutputStream();
    for (byte[] word : words) {
      all.writeBytes(word);
      all.write(0);
    }
    return all.toByteArray();
  }

  private static String asUtf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "GBK, 数学",
    "GBK, 学", // its two bytes are a Cyrillic letter in UTF-8
    "GB18030, 中文目录/策略.yml",
    "Big5, 數學",
    "ISO-8859-1, Größe",
  })
  void whatATerminalOfAnotherCharsetSendsIsReadInIt(String charset, String typed) {
    Charset terminal = Charset.forName(charset);
    byte[] sent = typed.getBytes(terminal);
    byte[] java = "java".getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        List.of("--use-case", typed),
        TypedArguments.read(
            words(java, "--use-case".getBytes(StandardCharsets.US_ASCII), sent),
            List.of("--use-case", asUtf8(sent)),
            terminal));
  }

  @ParameterizedTest
  @CsvSource({"GBK, 中文目录", "GB18030, 报告.html", "ISO-8859-1, 模型"})
  void aNameThatIsUtf8AnywayStaysSo(String charset, String name) {
    byte[] sent = name.getBytes(StandardCharsets.UTF_8);
    assertEquals(
        List.of(name), TypedArguments.read(words(sent), List.of(name), Charset.forName(charset)));
  }

  @ParameterizedTest
  @CsvSource({"GBK", "US-ASCII"})
  void bytesThatTheCharsetDoesNotHaveStayAsTheyWereRead(String charset) {
    byte[] sent = {(byte) 0xFF, 'x'};
    String taken = asUtf8(sent);
    assertEquals(
        List.of(taken), TypedArguments.read(words(sent), List.of(taken), Charset.forName(charset)));
  }

  @ParameterizedTest
  @CsvSource({"GBK"})
  void aCommandLineThatWasCutChangesNothing(String charset) {
    List<String> taken = List.of("a", "\uFFFD");
    assertEquals(
        taken,
        TypedArguments.read(
            words("a".getBytes(StandardCharsets.US_ASCII)), taken, Charset.forName(charset)));
  }
}
