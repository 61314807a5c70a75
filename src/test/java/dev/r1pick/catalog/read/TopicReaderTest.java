package dev.r1pick.catalog.read;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.client.Client;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.json.InvalidJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Terms, claims and clients are read strictly.
class TopicReaderTest {
  private static void read(String file, String text) {
    var reader = new StringReader(text);
    switch (file) {
      case "terms" -> TopicReader.terms(file, reader);
      case "claims" -> TopicReader.claims(file, reader);
      default -> ClientReader.read(file, reader);
    }
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of("catalog", file + ".json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "terms | \"id\": \"moe\" | \"id\": \"dense\" | terms[4].id | DUPLICATE",
        "terms | \"names\": [\"dense\" | \"names\": [\"dense\", \"MoE\" | terms[4].names | DUPLICATE",
        "terms | \"group\": \"memory\" | \"group\": \"disk\" | terms[26].group | NOT_ALLOWED",
        "claims | \"verdict\": \"wrong\" | \"verdict\": \"false\" | claims[0].verdict | NOT_ALLOWED",
        "claims | \"zh\": | \"cn\": | claims[0].claim.zh | MISSING",
        "claims | \"sources\": [\"r1-readme\", \"llm | \"sources\": [\"x\", \"llm | claims[0].sources | DANGLING",
        "clients | \"context\": \"client\" | \"context\": \"self\" | clients[0].context | NOT_ALLOWED",
        "clients | \"name\": \"Open WebUI\" | \"title\": \"Open WebUI\" | clients[0].name | MISSING"
      })
  void aSlipIsNamedWithItsPlace(
      String file, String right, String wrong, String path, InvalidJson.Problem problem)
      throws IOException {
    String text = text(file);
    int at = text.indexOf(right);
    assertTrue(at >= 0, right);
    String broken = text.substring(0, at) + wrong + text.substring(at + right.length());
    InvalidJson invalid = assertThrows(InvalidJson.class, () -> read(file, broken));
    assertAll(
        () -> assertEquals(problem, invalid.problem(), invalid.path()),
        () -> assertEquals(path, invalid.path()));
  }

  @Test
  void all108ClaimsAreThereWithTheirVerdicts() {
    Map<Claim.Verdict, Integer> counts = new HashMap<>();
    for (Claim claim : TopicReader.claims().claims()) {
      counts.merge(claim.verdict(), 1, Integer::sum);
    }
    assertEquals(
        Map.of(
            Claim.Verdict.WRONG, 64,
            Claim.Verdict.UNSUPPORTED, 7,
            Claim.Verdict.MISLEADING, 15,
            Claim.Verdict.IMPRECISE, 6,
            Claim.Verdict.UNVERIFIED, 1,
            Claim.Verdict.RIGHT, 12,
            Claim.Verdict.OUTDATED, 3),
        counts);
  }

  @Test
  void aClientIsFoundByAnyOfItsNames() {
    var clients = ClientReader.readDefault();
    for (Client client : clients.clients()) {
      for (String name : client.names()) {
        assertEquals(client, clients.find(name.toUpperCase(Locale.ROOT)).orElseThrow());
      }
    }
  }
}
