package dev.r1pick.ollama.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.host.LiveHost;
import dev.r1pick.ollama.store.StoreReader.Reading;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreReaderTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String C = "c".repeat(64);

  @TempDir private Path folder;

  private ModelStore read() {
    return assertInstanceOf(
            Reading.Read.class, new StoreReader(new LiveHost().files()).read(folder))
        .store();
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String layer(String type, String digest, long size) {
    return "{\"mediaType\":\"application/vnd.ollama.image."
        + type
        + "\",\"digest\":\"sha256:"
        + digest
        + "\",\"size\":"
        + size
        + "}";
  }

  private void model(String path, String... layers) throws IOException {
    write(
        "manifests/" + path, "{\"schemaVersion\":2,\"layers\":[" + String.join(",", layers) + "]}");
  }

  @Test
  void sharedBlobsCountOnce() throws IOException {
    model("registry.ollama.ai/library/deepseek-r1/7b", layer("model", A, 10));
    model("registry.ollama.ai/me/mine/latest", layer("model", A, 10), layer("params", B, 3));
    write("blobs/sha256-" + A, "0123456789");
    write("blobs/sha256-" + B, "012");
    ModelStore store = read();
    assertEquals(
        List.of("deepseek-r1:7b", "me/mine:latest"),
        store.models().stream().map(StoredModel::name).toList());
    assertEquals(Bytes.of(13), store.used());
    assertEquals(Bytes.of(3), store.freedBy(Set.of("me/mine:latest")));
    assertEquals(Bytes.of(13), store.freedBy(Set.of("deepseek-r1:7b", "me/mine:latest")));
    assertEquals(2, store.users(A).size());
  }

  @Test
  void aBlobThatWasCutAndOneThatIsGone() throws IOException {
    model(
        "registry.ollama.ai/library/deepseek-r1/7b",
        layer("model", A, 10),
        layer("license", B, 3),
        layer("template", C, 1));
    write("blobs/sha256-" + A, "012345678");
    write("blobs/sha256-" + C, "0");
    ModelStore store = read();
    StoredModel model = store.model("deepseek-r1:7b").orElseThrow();
    assertEquals(List.of(A), store.damaged(model).stream().map(StoredModel.Blob::digest).toList());
    assertEquals(List.of(B), store.missing(model).stream().map(StoredModel.Blob::digest).toList());
  }

  @Test
  void aManifestThatIsNoneIsNamed() throws IOException {
    write("manifests/registry.ollama.ai/library/deepseek-r1/7b", "{\"schemaVersion\":2,\"lay");
    write("manifests/registry.ollama.ai/library/deepseek-r1/8b", "");
    assertEquals(2, read().brokenManifests().size());
    assertEquals(List.of(), read().models());
  }

  /// Facts: the files after a client left in the middle of a pull, and after a full disk.
  @Test
  void readsWhatIsLeftOfADownload() throws IOException {
    write("blobs/sha256-" + A + "-partial", "");
    write(
        "blobs/sha256-" + A + "-partial-0",
        "{\"N\":0,\"Offset\":0,\"Size\":100000000,\"Completed\":23003136}\n");
    write(
        "blobs/sha256-" + A + "-partial-1",
        "{\"N\":1,\"Offset\":100000000,\"Size\":24316416,\"Completed\":22888448}\n");
    write("blobs/sha256-" + B + "-partial", "");
    write("blobs/sha256-" + B + "-partial-0", "");
    write("blobs/sha256-" + C + "-partial-0", "garbage");
    ModelStore store = read();
    Partial whole = store.partial(A).orElseThrow();
    assertEquals(Bytes.of(124_316_416), whole.total());
    assertEquals(Bytes.of(78_424_832), whole.left());
    assertEquals(List.of(), whole.broken());
    assertEquals(3, whole.files().size());
    assertEquals(List.of("sha256-" + B + "-partial-0"), store.partial(B).orElseThrow().broken());
    assertEquals(List.of("sha256-" + C + "-partial-0"), store.partial(C).orElseThrow().broken());
  }

  @Test
  void aFolderThatIsNoStore() {
    assertInstanceOf(Reading.Absent.class, new StoreReader(new LiveHost().files()).read(folder));
  }

  @Test
  void aNewStoreIsEmpty() throws IOException {
    Files.createDirectories(folder.resolve("blobs"));
    assertTrue(read().models().isEmpty());
  }

  @Test
  void aModelIsNamedAsOllamaShowsIt() throws IOException {
    model("registry.ollama.ai/library/deepseek-r1/7b", layer("model", A, 10));
    model("registry.ollama.ai/me/mine/latest", layer("model", A, 10));
    model("hf.co/library/r1/q4", layer("model", A, 10));
    assertEquals(
        List.of("deepseek-r1:7b", "hf.co/library/r1:q4", "me/mine:latest"),
        read().models().stream().map(StoredModel::name).toList());
  }

  @Test
  void theConfigurationIsTheLastBlobOfAModel() throws IOException {
    String manifest =
        "{\"layers\":["
            + layer("template", A, 1)
            + ","
            + layer("model", B, 10)
            + ",{\"digest\":\"md5:x\",\"size\":1},{\"digest\":\"sha256:x\"}],\"config\":"
            + layer("config", C, 100)
            + "}";
    write("manifests/registry.ollama.ai/library/deepseek-r1/7b", manifest);
    StoredModel model = read().model("deepseek-r1:7b").orElseThrow();
    assertEquals(List.of(A, B, C), model.blobs().stream().map(StoredModel.Blob::digest).toList());
    assertEquals(Bytes.of(111), model.size());
    assertEquals(B, model.weights().orElseThrow().digest());
    assertEquals(64, model.digest().length());
  }

  @Test
  void aModelOfTheCloudHasNoWeights() throws IOException {
    model("registry.ollama.ai/library/deepseek-r1/cloud", layer("params", A, 10));
    assertTrue(read().model("deepseek-r1:cloud").orElseThrow().weights().isEmpty());
  }

  @Test
  void whatLiesTooHighOrTooDeepIsNoManifest() throws IOException {
    write("manifests/registry.ollama.ai/library/deepseek-r1", "{}");
    write("manifests/registry.ollama.ai/library/other/7b/x", "{}");
    write("manifests/registry.ollama.ai/library/list/7b", "[]");
    write("manifests/registry.ollama.ai/library/empty/7b", "{\"layers\":[]}");
    assertEquals(
        List.of(
            "registry.ollama.ai/library/deepseek-r1",
            "registry.ollama.ai/library/empty/7b",
            "registry.ollama.ai/library/list/7b",
            "registry.ollama.ai/library/other/7b/x"),
        read().brokenManifests());
  }

  @Test
  void otherFilesBesideTheBlobsAreNone() throws IOException {
    write("blobs/sha256-" + A, "0123");
    write("blobs/sha256-" + A.substring(1), "0");
    write("blobs/md5-" + A + "000", "0");
    write("blobs/sha256-" + B + ".tmp", "0");
    ModelStore store = read();
    assertEquals(java.util.Map.of(A, Bytes.of(4)), store.blobs());
    assertEquals(List.of(), store.partials());
    assertTrue(store.partial(B).isEmpty());
  }

  @Test
  void aPartThatIsAheadOfItselfCountsAsWhole() throws IOException {
    write("blobs/sha256-" + A + "-partial-0", "{\"Size\":100,\"Completed\":200}");
    write("blobs/sha256-" + A + "-partial-1", "{\"Size\":\"50\"}");
    Partial partial = read().partial(A).orElseThrow();
    assertEquals(Bytes.of(150), partial.total());
    assertEquals(Bytes.of(100), partial.completed());
    assertEquals(Bytes.of(50), partial.left());
    assertEquals(A, partial.digest());
  }

  @Test
  void aStoreWithoutBlobsHasLostThemAll() throws IOException {
    model("registry.ollama.ai/library/deepseek-r1/7b", layer("model", A, 10));
    ModelStore store = read();
    StoredModel model = store.model("deepseek-r1:7b").orElseThrow();
    assertEquals(1, store.missing(model).size());
    assertEquals(List.of(), store.damaged(model));
    assertEquals(Bytes.ZERO, store.used());
    assertEquals(Bytes.ZERO, store.freedBy(Set.of("deepseek-r1:7b")));
    assertEquals(List.of(), store.users(B));
    assertTrue(store.model("deepseek-r1:8b").isEmpty());
  }

  @Test
  void aBlobThatAModelHasTwiceComesFreeOnce() throws IOException {
    model("registry.ollama.ai/library/r1/7b", layer("model", A, 4), layer("params", A, 4));
    write("blobs/sha256-" + A, "0123");
    write("blobs/sha256-" + B, "01");
    ModelStore store = read();
    assertEquals(Bytes.of(4), store.freedBy(Set.of("r1:7b")));
    assertEquals(Bytes.ZERO, store.freedBy(Set.of()));
    assertEquals(Bytes.of(6), store.used());
  }
}
