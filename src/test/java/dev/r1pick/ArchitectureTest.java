package dev.r1pick;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.r1pick.catalog.read.Resources;
import dev.r1pick.cli.R1Pick;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.UserFiles;
import dev.r1pick.report.words.Messages;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The structure that docs/architecture.md describes, held by the build.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          // picocli is compiled into the same folder
          .withImportOption(location -> location.contains("/dev/r1pick/"))
          .importUrl(R1Pick.class.getProtectionDomain().getCodeSource().getLocation());

  /// Where the process begins and ends, and what it is told of its terminal.
  private static final DescribedPredicate<JavaClass> MAIN =
      nameMatching("dev\\.r1pick\\.cli\\.(Main|Terminal)").forSubtype();

  /// Of the methods of [System], those that ask nothing of the world.
  private static final DescribedPredicate<JavaAccess<?>> HARMLESS =
      target(nameMatching("arraycopy|identityHashCode|lineSeparator"));

  private static final DescribedPredicate<JavaClass> IN_TIME = resideInAPackage("java.time..");

  @TestFactory
  Stream<DynamicTest> structureHolds() {
    return rules().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
  }

  /// A reader keeps a file in his head, and a folder in his eye.
  @Test
  void noFolderHasMoreThan30FilesAndNoSourceMoreThan400Lines() throws IOException {
    var tooLarge = new ArrayList<String>();
    try (Stream<Path> paths = Files.walk(Path.of("src"))) {
      for (Path path : paths.toList()) {
        if (Files.isDirectory(path)) {
          long files = children(path);
          if (files > 30) {
            tooLarge.add(path + " has " + files + " files");
          }
        } else if (path.toString().endsWith(".java")) {
          int lines = Files.readAllLines(path).size();
          if (lines > 400) {
            tooLarge.add(path + " has " + lines + " lines");
          }
        }
      }
    }
    assertEquals(List.of(), tooLarge);
  }

  private static long children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isRegularFile).count();
    }
  }

  private static List<ArchRule> rules() {
    return List.of(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("dev.r1pick.cli..")
            .layer("report")
            .definedBy("dev.r1pick.report..")
            .layer("compare")
            .definedBy("dev.r1pick.compare..")
            .layer("plan")
            .definedBy("dev.r1pick.plan..")
            .layer("doctor")
            .definedBy("dev.r1pick.doctor..")
            .layer("policy")
            .definedBy("dev.r1pick.policy..")
            .layer("advice")
            .definedBy("dev.r1pick.advice..")
            .layer("install")
            .definedBy("dev.r1pick.install..")
            .layer("speed")
            .definedBy("dev.r1pick.speed..")
            .layer("fit")
            .definedBy("dev.r1pick.fit..")
            .layer("catalog")
            .definedBy("dev.r1pick.catalog..")
            .layer("hardware")
            .definedBy("dev.r1pick.hardware..")
            .layer("ollama")
            .definedBy("dev.r1pick.ollama..")
            .layer("host")
            .definedBy("dev.r1pick.host..")
            .layer("json")
            .definedBy("dev.r1pick.json..")
            .layer("text")
            .definedBy("dev.r1pick.text..")
            .layer("units")
            .definedBy("dev.r1pick.units..")
            .whereLayer("cli")
            .mayOnlyAccessLayers(
                "report",
                "compare",
                "plan",
                "doctor",
                "policy",
                "advice",
                "install",
                "speed",
                "fit",
                "catalog",
                "hardware",
                "ollama",
                "host",
                "json",
                "text",
                "units")
            .whereLayer("report")
            .mayOnlyAccessLayers(
                "compare",
                "plan",
                "doctor",
                "policy",
                "advice",
                "install",
                "speed",
                "fit",
                "catalog",
                "hardware",
                "ollama",
                "host",
                "json",
                "text",
                "units")
            .whereLayer("compare")
            .mayOnlyAccessLayers(
                "policy",
                "advice",
                "speed",
                "fit",
                "catalog",
                "hardware",
                "ollama",
                "host",
                "json",
                "text",
                "units")
            .whereLayer("plan")
            .mayOnlyAccessLayers(
                "advice",
                "speed",
                "fit",
                "catalog",
                "hardware",
                "ollama",
                "host",
                "json",
                "text",
                "units")
            .whereLayer("doctor")
            .mayOnlyAccessLayers(
                "fit", "catalog", "hardware", "ollama", "host", "json", "text", "units")
            .whereLayer("policy")
            .mayOnlyAccessLayers(
                "advice",
                "speed",
                "fit",
                "catalog",
                "hardware",
                "ollama",
                "host",
                "json",
                "text",
                "units")
            .whereLayer("advice")
            .mayOnlyAccessLayers(
                "speed", "fit", "catalog", "hardware", "ollama", "host", "json", "text", "units")
            .whereLayer("install")
            .mayOnlyAccessLayers(
                "fit", "catalog", "hardware", "ollama", "host", "json", "text", "units")
            .whereLayer("speed")
            .mayOnlyAccessLayers(
                "fit", "catalog", "hardware", "ollama", "host", "json", "text", "units")
            .whereLayer("fit")
            .mayOnlyAccessLayers("catalog", "hardware", "ollama", "host", "json", "text", "units")
            .whereLayer("catalog")
            .mayOnlyAccessLayers("json", "text", "units")
            .whereLayer("hardware")
            .mayOnlyAccessLayers("ollama", "host", "json", "text", "units")
            .whereLayer("ollama")
            .mayOnlyAccessLayers("host", "json", "text", "units")
            .whereLayer("host")
            .mayOnlyAccessLayers("json", "text", "units")
            .whereLayer("json")
            .mayNotAccessAnyLayer()
            .whereLayer("text")
            .mayOnlyAccessLayers("json", "units")
            .whereLayer("units")
            .mayNotAccessAnyLayer()
            .as("dependencies point one way"),
        slices().matching("dev.r1pick.(**)").should().beFreeOfCycles(),
        noClasses()
            .that(not(resideInAPackage("dev.r1pick.json")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("tools.jackson..", "org.snakeyaml.."))
            .as("only json knows Jackson and the YAML parser"),
        noClasses()
            .that(not(resideInAPackage("dev.r1pick.cli..")))
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."))
            .as("only cli knows picocli"),
        noClasses()
            .that(not(resideInAPackage("dev.r1pick.host").or(MAIN)))
            .should()
            .dependOnClassesThat(
                belongToAnyOf(
                        java.io.Console.class,
                        java.io.File.class,
                        java.io.FileDescriptor.class,
                        java.io.FileInputStream.class,
                        java.io.FileOutputStream.class,
                        java.io.FileReader.class,
                        java.io.FileWriter.class,
                        java.io.RandomAccessFile.class,
                        java.nio.file.FileStore.class,
                        java.nio.file.FileSystem.class,
                        java.nio.file.FileSystems.class,
                        java.nio.file.Files.class,
                        java.lang.Process.class,
                        java.lang.ProcessBuilder.class,
                        java.lang.ProcessHandle.class,
                        java.lang.Runtime.class,
                        java.time.Clock.class)
                    .or(
                        resideInAnyPackage(
                            "java.net..",
                            "javax.net..",
                            "java.nio.channels..",
                            "java.lang.foreign..",
                            "oshi..",
                            "com.sun.jna..")))
            .as("only the host opens files and connections, starts processes and calls natively"),
        noClasses()
            .that(not(resideInAPackage("dev.r1pick.host").or(MAIN)))
            .should()
            .accessTargetWhere(target(owner(assignableTo(System.class))).and(not(HARMLESS)))
            .orShould()
            .accessTargetWhere(target(nameMatching("now")).and(target(owner(IN_TIME))))
            .orShould()
            .accessTargetWhere(
                target(
                        nameMatching(
                            "toAbsolutePath|toRealPath|toFile|toUri|register|getFileSystem"))
                    .and(target(owner(assignableTo(Path.class)))))
            .as("only the host knows streams, environment, properties, clock, working directory"),
        noClasses()
            .that()
            .doNotBelongToAnyOf(Resources.class, Messages.class)
            .should()
            .accessTargetWhere(target(nameMatching("getResource.*|getSystemResource.*")))
            .as("two classes read what is inside the program"),
        noClasses()
            .that(resideInAPackage("dev.r1pick.hardware.probe.."))
            .should()
            .dependOnClassesThat(belongToAnyOf(LocalHost.class, UserFiles.class))
            .as("a probe asks a machine, live or recorded, and never its user's files"),
        noClasses()
            .that(
                resideInAnyPackage(
                    "dev.r1pick.units",
                    "dev.r1pick.fit..",
                    "dev.r1pick.speed..",
                    "dev.r1pick.advice..",
                    "dev.r1pick.policy..",
                    "dev.r1pick.compare..",
                    "dev.r1pick.plan..",
                    "dev.r1pick.report.."))
            .should()
            .dependOnClassesThat(assignableTo(PrintStream.class))
            .as("estimates and reports return values and print nothing"),
        fields()
            .that()
            .areStatic()
            .and()
            .areNotFinal()
            .should()
            .haveModifier(JavaModifier.SYNTHETIC)
            .allowEmptyShould(true)
            .as("nothing static can change"),
        classes()
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .as("every class is named for its one reason"));
  }
}
