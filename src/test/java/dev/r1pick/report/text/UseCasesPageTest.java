package dev.r1pick.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.report.words.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class UseCasesPageTest {
  private static final Path PAGE = Path.of("docs/use-cases.md");

  /// `-Dapprove=true` writes the page anew; the difference is then reviewed like code.
  @Test
  void thePageSaysWhatTheDataSays() throws IOException {
    String page = UseCasesPage.of(UseCaseReader.readDefault(), Messages.in(Locale.ENGLISH));
    if (Boolean.getBoolean("approve")) {
      Files.writeString(PAGE, page);
    }
    assertTrue(Files.exists(PAGE), PAGE + " is missing; approve it with -Dapprove=true");
    assertEquals(Files.readString(PAGE), page);
  }
}
