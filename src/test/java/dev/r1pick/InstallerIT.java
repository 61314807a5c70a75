package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.r1pick.Processes.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The installer on an archive of this build, as a user runs it.
@DisabledOnOs(OS.WINDOWS)
class InstallerIT {
  private static final Path IMAGE = Path.of("target", "r1pick").toAbsolutePath();
  private static final String INSTALLER =
      Path.of("src", "main", "install", "install.sh").toAbsolutePath().toString();
  private static final String PLATFORM = platform();
  private static final String NAME = "r1pick-9.8.7-" + PLATFORM;
  private static final String OLDER = "r1pick-9.8.6-" + PLATFORM;

  @TempDir private static Path shared = Path.of("");
  private static Path archive = Path.of("");
  private static Path older = Path.of("");

  @TempDir private Path folder = Path.of("");

  /// The image of this build, and a small one that is no more than a launcher.
  @BeforeAll
  static void pack() throws Exception {
    assumeTrue(Files.isDirectory(IMAGE.resolve("runtime")), "the image has no runtime");
    Path images = Files.createDirectory(shared.resolve("images"));
    Path small = Files.createDirectories(images.resolve(OLDER + "/bin"));
    program(small.resolve("r1pick"), "echo r1pick 9.8.6");
    Files.writeString(Files.createDirectory(small.resolveSibling("lib")).resolve("part"), "");
    older = pack(images, OLDER);
    run(shared, Map.of(), "cp", "-r", IMAGE.toString(), images.resolve(NAME).toString());
    archive = pack(images, NAME);
  }

  private static Path pack(Path images, String name) throws Exception {
    Path packed = shared.resolve(name + ".tar.gz");
    String lines = "tar -cf - -C \"$1\" \"$2\" | gzip -1 > \"$3\"";
    run(shared, Map.of(), "sh", "-c", lines, "pack", images.toString(), name, packed.toString());
    note(packed);
    return packed;
  }

  @Test
  void whatIsInstalledRunsAndGoesWithoutATrace() throws Exception {
    Path prefix = folder.resolve("a prefix");
    Path program = prefix.resolve("bin/r1pick");
    Files.createDirectories(prefix.resolve("lib"));
    Files.writeString(prefix.resolve("lib/other"), "stays");
    List<String> before = tree(prefix);

    assertEquals(
        new Answer(
            0,
            "r1pick 9.8.7 is installed: %s\n%s/bin is not on PATH.\n".formatted(program, prefix),
            ""),
        install(prefix, archive.toString()));
    Answer answer = run(folder, Map.of(), program.toString(), "check", "8b", "--gpu", "RTX 4090");
    assertEquals(0, answer.exitCode(), answer.errors());

    assertEquals(
        new Answer(0, "r1pick is removed from " + prefix + "\n", ""),
        install(prefix, "--uninstall"));
    assertEquals(before, tree(prefix));
    assertFails(install(prefix, "--uninstall"), "no r1pick was installed in");
  }

  @Test
  void anUpdateTakesThePlaceOfTheOlderOne() throws Exception {
    Path prefix = folder.resolve("prefix");
    Path program = prefix.resolve("bin/r1pick");
    assertEquals(0, install(prefix, older.toString()).exitCode());
    Path place = program.toRealPath();
    List<String> first = tree(prefix);
    assertEquals(0, install(prefix, older.toString()).exitCode());
    assertFalse(Files.exists(place), "the older one is still there");
    assertEquals(first.size(), tree(prefix).size(), "the same again leaves something behind");
    assertEquals("r1pick 9.8.6\n", run(folder, Map.of(), program.toString()).output());
    assertEquals(0, install(prefix, "--uninstall").exitCode());
    assertFalse(Files.exists(prefix));
  }

  /// In the order of their names 0.9.0 comes after 0.10.0.
  @Test
  void ofTwoArchivesBesideTheScriptTheNewerIsTakenByItsNumbers() throws Exception {
    Path beside = Files.createDirectory(folder.resolve("beside"));
    for (String version : List.of("0.9.0", "0.10.0-rc1", "0.10.0", "0.2.11")) {
      String name = "r1pick-" + version + "-" + PLATFORM;
      Path bin = Files.createDirectories(beside.resolve("images/" + name + "/bin"));
      program(bin.resolve("r1pick"), "echo r1pick " + version);
      Path packed = beside.resolve(name + ".tar.gz");
      run(folder, Map.of(), "tar", "-czf", packed + "", "-C", beside.resolve("images") + "", name);
      note(packed);
    }
    Path script = Files.copy(Path.of(INSTALLER), beside.resolve("install.sh"));
    Path prefix = folder.resolve("prefix");
    Answer answer = run(folder, Map.of(), "sh", script + "", "--prefix", prefix + "");
    assertEquals(0, answer.exitCode(), answer.errors());
    assertTrue(answer.output().startsWith("r1pick 0.10.0 is installed"), answer.output());
  }

  @Test
  void whatRootInstallsUnderAStrictUmaskIsForAll() throws Exception {
    assumeTrue("0".equals(run(folder, Map.of(), "id", "-u").output().strip()), "not root");
    Path prefix = folder.resolve("prefix");
    String lines = "umask 077; sh \"$0\" --prefix \"$1\" \"$2\"";
    assertEquals(
        0, run(folder, Map.of(), "sh", "-c", lines, INSTALLER, prefix + "", older + "").exitCode());
    try (var files = Files.walk(prefix)) {
      for (Path file : files.filter(Files::isDirectory).toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertEquals("rwxr-xr-x", mode, file.toString());
      }
    }
  }

  @Test
  void manyInstallsAtOnceLeaveOneThatRunsAndGoesWithoutATrace() throws Exception {
    Path prefix = folder.resolve("prefix");
    String lines =
        "for i in 1 2 3 4; do sh \"$0\" --prefix \"$1\" \"$2\" & started=\"$started $!\"; done;"
            + " for i in $started; do wait $i || exit 1; done";
    Answer answer = run(folder, Map.of(), "sh", "-c", lines, INSTALLER, prefix + "", older + "");
    assertEquals(0, answer.exitCode(), answer.errors());
    Path program = prefix.resolve("bin/r1pick");
    assertEquals("r1pick 9.8.6\n", run(folder, Map.of(), program.toString()).output());
    try (var versions = Files.newDirectoryStream(prefix.resolve("lib/r1pick"), "9.8.6-*.files")) {
      var lists = new ArrayList<Path>();
      versions.forEach(lists::add);
      assertEquals(1, lists.size(), lists.toString());
    }
    assertEquals(0, install(prefix, "--uninstall").exitCode());
    assertFalse(Files.exists(prefix));
  }

  @Test
  void theLockOfAnInstallThatWasKilledHoldsNobodyUp() throws Exception {
    Path prefix = folder.resolve("prefix");
    assertEquals(0, install(prefix, older.toString()).exitCode());
    Path home = prefix.resolve("lib/r1pick");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectory(home.resolve(".new-" + gone.pid()));
    Files.writeString(
        Files.createDirectory(home.resolve(".lock")).resolve("owner"), gone.pid() + "\n");
    assertEquals(0, install(prefix, older.toString()).exitCode());
    assertEquals(0, install(prefix, "--uninstall").exitCode());
    assertFalse(Files.exists(prefix));
  }

  @Test
  void whatIsNotInTheArchiveIsNotRemoved() throws Exception {
    Path prefix = folder.resolve("prefix");
    assertEquals(0, install(prefix, "--sha256", digest(older), older.toString()).exitCode());
    Path place = prefix.resolve("bin/r1pick").toRealPath().resolve("../../lib").normalize();
    Files.writeString(place.resolve("mine"), "stays");
    assertEquals(0, install(prefix, "--uninstall").exitCode());
    assertTrue(Files.exists(place.resolve("mine")));
    assertFalse(Files.exists(place.resolve("../bin")));
  }

  @Test
  void aDamagedArchiveLeavesTheInstalledOneAsItIs() throws Exception {
    Path prefix = folder.resolve("prefix");
    assertEquals(0, install(prefix, older.toString()).exitCode());
    List<String> before = tree(prefix);
    Path damaged = copy(NAME);
    Files.write(damaged, new byte[] {1}, StandardOpenOption.APPEND);
    assertFails(install(prefix, damaged.toString()), "is damaged: its SHA-256 is ");
    Files.delete(folder.resolve(NAME + ".tar.gz.sha256"));
    assertFails(install(prefix, damaged.toString()), "to check the archive by");
    assertEquals(before, tree(prefix));
  }

  @Test
  void whatDoesNotStartHereIsNotInstalled() throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    Path bin = Files.createDirectories(images.resolve(NAME + "/bin"));
    program(bin.resolve("r1pick"), "echo r1pick: there is no room for Java. >&2; exit 70");
    Path prefix = folder.resolve("prefix");
    Path packed = folder.resolve(NAME + ".tar.gz");
    run(folder, Map.of(), "tar", "-czf", packed.toString(), "-C", images.toString(), NAME);
    note(packed);
    assertFails(
        install(prefix, packed.toString()), "does not start here: there is no room for Java.");
    assertFalse(Files.exists(prefix));
  }

  @Test
  void eachReasonNotToInstallIsOneLineAndLeavesNothing() throws Exception {
    Path prefix = folder.resolve("prefix");
    String elsewhere = PLATFORM.startsWith("linux") ? "macos-aarch64" : "linux-x86_64";
    assertFails(
        install(prefix, copy("r1pick-9.8.7-" + elsewhere).toString()),
        "is for " + elsewhere + ", this machine is " + PLATFORM);
    assertFails(install(prefix, copy("r1pick").toString()), "is not named r1pick-VERSION-OS-ARCH");
    assertFails(install(prefix, "missing.tar.gz"), "there is no file missing.tar.gz");
    assertFails(install(prefix, "file:///nowhere/" + NAME + ".tar.gz"), "cannot download");
    Path tools = Files.createDirectory(folder.resolve("tools"));
    program(tools.resolve("df"), "echo header; echo disk 1 1 1024 1 /");
    String path = tools + ":" + System.getenv("PATH");
    assertFails(install(Map.of("PATH", path), prefix, archive.toString()), "not enough space in ");
    Files.writeString(folder.resolve("file"), "");
    assertFails(install(folder.resolve("file/prefix"), older.toString()), "no permission");
    assertFalse(Files.exists(prefix));
  }

  @Test
  void anotherProgramOfThatNameIsNotReplaced() throws Exception {
    Path prefix = folder.resolve("prefix");
    Path program = Files.createDirectories(prefix.resolve("bin")).resolve("r1pick");
    Files.writeString(program, "another");
    assertFails(install(prefix, older.toString()), "was not made by this script");
    assertEquals("another", Files.readString(program));
  }

  @Test
  void wrongUsageIsTwo() throws Exception {
    Path prefix = folder.resolve("prefix");
    for (String wrong : List.of("--prefix", "--sha256", "--unknown")) {
      assertEquals(2, install(prefix, wrong).exitCode(), wrong);
    }
    assertEquals(0, install(prefix, "--help").exitCode());
  }

  private static void assertFails(Answer answer, String reason) {
    assertEquals(1, answer.exitCode(), answer.errors());
    assertEquals("", answer.output());
    assertTrue(answer.errors().startsWith("install.sh: "), answer.errors());
    assertTrue(answer.errors().contains(reason), answer.errors());
    assertEquals(1, answer.errors().lines().count(), answer.errors());
  }

  private Answer install(Path prefix, String... words) throws Exception {
    return install(Map.of(), prefix, words);
  }

  private Answer install(Map<String, String> environment, Path prefix, String... words)
      throws Exception {
    var command = new ArrayList<>(List.of("sh", INSTALLER, "--prefix", prefix.toString()));
    command.addAll(List.of(words));
    return run(folder, environment, command.toArray(String[]::new));
  }

  /// The archive and its checksum in the test's own folder, under a name.
  private Path copy(String name) throws Exception {
    Path copy = folder.resolve(name + ".tar.gz");
    Files.copy(older, copy);
    note(copy);
    return copy;
  }

  private static void program(Path file, String lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void note(Path file) throws Exception {
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".sha256"),
        digest(file) + "  " + file.getFileName() + "\n");
  }

  private static String digest(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  private static List<String> tree(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      var names = new TreeSet<String>();
      for (Path file : files.toList()) {
        names.add(folder.relativize(file).toString());
      }
      return List.copyOf(names);
    }
  }

  private static String platform() {
    String os = System.getProperty("os.name").startsWith("Mac") ? "macos" : "linux";
    return os + (System.getProperty("os.arch").equals("aarch64") ? "-aarch64" : "-x86_64");
  }

  private static Answer run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return new Processes(folder).run(environment, command);
  }
}
