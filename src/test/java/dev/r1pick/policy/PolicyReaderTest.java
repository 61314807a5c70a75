package dev.r1pick.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.ollama.VersionRange;
import dev.r1pick.policy.PolicyRule.Severity;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
  private static final Catalog CATALOG = CatalogReader.readDefault();
  private static final UseCases USE_CASES = UseCaseReader.readDefault();

  private static Policy read(String text) {
    return PolicyReader.read("p.yml", text, CATALOG, USE_CASES);
  }

  @Test
  void everyKeyIsReadAsTheCommandLineReadsIt() {
    Policy policy =
        read(
            """
            require:
              - use_case: coding
                min_size: 14B
                context: 16k
                min_speed: 15
                max_wait: 3min
                max_download: 10GB
                language: zh
                why: agreed in spring
              - {tag: "DeepSeek-R1:8B", placement: gpu, context: 16384, min_speed: 20.5}
              - ram: 32GB
              - {vram: 12GiB}
              - disk_free: 50GB
              - ollama: ">=0.30, <1"
            forbid: [{license: llama}]
            warn:
              - license: apache
            """);
    var useCase = (Requirement.UseCase) policy.rules().get(0).requirement();
    assertEquals("coding", useCase.profile().id());
    assertEquals(Optional.of(new ModelSize(14)), useCase.minSize());
    assertEquals(Optional.of(ContextLength.of(16384)), useCase.context());
    assertEquals(15, useCase.minSpeed().orElseThrow());
    assertEquals(Optional.of(Duration.ofMinutes(3)), useCase.maxWait());
    assertEquals(Optional.of(Bytes.of(10_000_000_000L)), useCase.maxDownload());
    assertEquals("zh", useCase.language());
    assertEquals(Optional.of("agreed in spring"), policy.rules().get(0).why());
    var tag = (Requirement.Tag) policy.rules().get(1).requirement();
    assertEquals("deepseek-r1:8b", tag.tag().fullName());
    assertEquals(Requirement.Where.GPU, tag.placement());
    assertEquals(Optional.of(ContextLength.of(16384)), tag.load().contextLength());
    assertEquals(new Requirement.Ram(Bytes.ofGiB(32)), policy.rules().get(2).requirement());
    assertEquals(new Requirement.Vram(Bytes.ofGiB(12)), policy.rules().get(3).requirement());
    assertEquals(
        new Requirement.DiskFree(Bytes.of(50_000_000_000L)), policy.rules().get(4).requirement());
    assertEquals(
        List.of(
            Severity.REQUIRE,
            Severity.REQUIRE,
            Severity.REQUIRE,
            Severity.REQUIRE,
            Severity.REQUIRE,
            Severity.REQUIRE,
            Severity.FORBID,
            Severity.WARN),
        policy.rules().stream().map(PolicyRule::severity).toList());
    assertEquals("require[1]", policy.rules().get(1).path());
    assertEquals(10, policy.rules().get(1).place().line());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'requires: []'                               | 1 | 1  | unknown-key-near | require",
        "'require:~  - use_cas: chat'                 | 2 | 5  | unknown-key-near | use_case",
        "'require:~  - color: red'                   | 2 | 5  | unknown-key      | color",
        "'require:~  - use_case: chat~    min_sped: 3'| 3 | 5  | unknown-key-near | min_speed",
        "'require:~  - {ram: 8GiB, context: 4k}'      | 2 | 17 | unknown-key      | context",
        "'require: [{ram: 8GiB, vram: 8GiB}]'         | 1 | 23 | two-kinds        | vram",
        "'require: [{}]'                              | 1 | 11 | no-kind          | use_case",
        "'require: [{why: x}]'                        | 1 | 11 | no-kind          | use_case",
        "'require: [ram]'                             | 1 | 11 | wrong-kind       | OBJECT",
        "'require: {ram: 8GiB}'                       | 1 | 1  | wrong-kind       | ARRAY",
        "'require：~  - use_case: coding'              | 1 | 8  | full-width-colon | require",
        "'require：'                                   | 1 | 8  | full-width-colon | require",
        "'require:~  - use_case：coding'               | 2 | 13 | full-width-colon | use_case",
        "'require:~  - use_case: chat~    context：8k' | 3 | 12 | full-width-colon | context",
        "'[]'                                         | 1 | 1  | not-an-object    | ''",
        "'require: []'                                | 1 | 1  | no-rules         | ''",
        "'{}'                                         | 1 | 1  | no-rules         | ''",
        "'require: [{ram: 32}]'                       | 1 | 12 | no-unit          | 32GiB",
        "'require: [{ram: lots}]'                     | 1 | 12 | memory           | lots",
        "'require: [{disk_free: 50}]'                 | 1 | 12 | no-unit          | 50GB",
        "'require: [{ram: }]'                         | 1 | 12 | empty-value      | ram",
        "'require: [{disk_free: lots}]'               | 1 | 12 | download         | lots",
        "'require: [{use_case: codding}]'             | 1 | 12 | use-case-near    | coding",
        "'require: [{use_case: 帮我敲代码}]'           | 1 | 12 | use-case-near    | coding",
        "'require: [{use_case: 下棋}]'                | 1 | 12 | use-case         | chat",
        "'require: [{tag: 13b}]'                      | 1 | 12 | tag              | 14b",
        "'require: [{tag: 8b, placement: cpu}]'       | 1 | 21 | not-allowed      | gpu",
        "'require: [{tag: 8b, context: 1024k}]'       | 1 | 21 | beyond-trained   | 1048576",
        "'require: [{use_case: chat, min_size: big}]' | 1 | 28 | size             | big",
        "'require: [{use_case: chat, min_size: 1Tb}]' | 1 | 28 | size             | 1Tb",
        "'require: [{use_case: chat, min_size: 700b}]'| 1 | 28 | too-large        | 671b",
        "'require: [{use_case: chat, max_wait: 3d}]'  | 1 | 28 | duration         | 3d",
        "'require: [{use_case: chat, min_speed: 0}]'  | 1 | 28 | speed            | 0",
        "'require: [{use_case: chat, min_speed: x}]'  | 1 | 28 | wrong-kind       | NUMBER",
        "'require: [{use_case: chat, language: x1}]'  | 1 | 28 | language         | x1",
        "'require: [{ollama: 0.30}]'                  | 1 | 12 | version          | 0.3",
        "'require: [{ollama: \">=new\"}]'             | 1 | 12 | version          | new",
        "'require: [{license: mit}]'                  | 1 | 12 | forbid-license   | ''",
        "'forbid: [{ram: 8GiB}]'                      | 1 | 11 | forbid-only      | ram",
        "'forbid: [{license: lama}]'                  | 1 | 11 | license          | permissive",
        "'require: [{tag: 70b}]~forbid: [{license: llama}]' | 1 | 11 | forbidden-tag | 70b",
        "'require: [{ollama: >=0.30}]'                | 1 | 20 | yaml.needs-quotes | >",
      })
  void whatIsWrongIsNamedWithLineColumnAndWhatWasMeant(
      String text, int line, int column, String code, String detail) {
    var invalid = assertThrows(InvalidPolicy.class, () -> read(text.replace('~', '\n')));
    assertEquals("policy.error." + code, invalid.error().key(), invalid.toString());
    assertEquals(line + ":" + column, invalid.place().line() + ":" + invalid.place().column());
    assertTrue(invalid.error().toString().contains(detail), invalid.error().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">=0.30        | 0.30.0  | true",
        ">=0.30        | 0.29.9  | false",
        ">=0.30, <0.40 | 0.40.0  | false",
        ">0.30.1       | 0.30.1  | false",
        "<=1           | 1.0.0   | true",
        "=0.32.15      | 0.32.15 | true",
        "!=0.33.1      | 0.33.1  | false",
      })
  void versionsCompareByNumbers(String range, String version, boolean inside) {
    assertEquals(
        inside,
        VersionRange.parse(range)
            .orElseThrow()
            .contains(OllamaVersion.parse(version).orElseThrow()));
  }

  @Test
  void aBareVersionIsRefusedBecauseItCouldMeanTwoThings() {
    assertEquals(Optional.empty(), VersionRange.parse("0.30"));
    assertEquals(Optional.empty(), VersionRange.parse(">=0.30,"));
    assertEquals(Optional.empty(), VersionRange.parse(">=1.2.3.4"));
  }
}
