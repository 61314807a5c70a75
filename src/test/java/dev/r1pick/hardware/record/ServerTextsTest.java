package dev.r1pick.hardware.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.host.LiveHost;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a recording keeps of a server: every variable of its process stood in it.
class ServerTextsTest {
  private static final List<String> SECRETS =
      List.of("mallory", "hunter2", "OLLAMA_API_KEY", "OLLAMA_ORIGINS", "HTTPS_PROXY", "4711");

  @TempDir private Path folder;

  private static void put(Map<String, byte[]> files, String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, byte[]> machine(String environment) {
    var files = new HashMap<String, byte[]>();
    put(files, "env.json", environment);
    put(
        files,
        "http.json",
        "[{\"path\": \"/api/version\", \"status\": 200, \"body\": \"version.json\"}]");
    put(files, "version.json", "{\"version\":\"0.32.15\"}");
    return files;
  }

  private String recorded(Map<String, byte[]> files, String name) throws IOException {
    RecordedHost host =
        switch (RecordedHost.of(files)) {
          case RecordedHost.Opened(var opened) -> opened;
          case RecordedHost.NotARecording other -> throw new AssertionError(other.toString());
        };
    Recorder.Recording recording =
        Recorder.record(host, RecordedMachines.detector(), new LiveHost().files(), folder);
    for (String file : recording.files()) {
      String content = Files.readString(folder.resolve(file));
      for (String secret : SECRETS) {
        assertFalse(content.contains(secret), () -> secret + " stands in " + file + ": " + content);
      }
    }
    return Files.readString(folder.resolve(name));
  }

  @Test
  void ofAProcessOnlyTheVariablesThatAreRead() throws IOException {
    Map<String, byte[]> files = machine("{\"HOME\": \"/home/mallory\"}");
    put(files, "fs/proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 7000000 kB\n");
    put(
        files,
        "commands.json",
        "[{\"id\": \"ollama-processes-json\", \"argv\": [], \"exit\": 0, \"stdout\": \"p\"}]");
    put(
        files,
        "p",
        """
        [{"pid": 4711, "command": ["/usr/bin/ollama", "serve"],
          "environment": {"OLLAMA_HOST": "http://mallory:hunter2@127.0.0.1:11434?key=hunter2",
            "OLLAMA_API_KEY": "hunter2", "OLLAMA_ORIGINS": "https://mallory.example",
            "OLLAMA_MODELS": "/home/mallory/models", "CUDA_VISIBLE_DEVICES": "0"}},
         {"pid": 4711, "command": ["llama-server", "--model", "/home/mallory/models/blobs/x"]}]
        """);
    assertEquals(
        """
        [{"command":["/usr/bin/ollama","serve"],"environment":{"CUDA_VISIBLE_DEVICES":"0",\
        "OLLAMA_HOST":"http://127.0.0.1:11434","OLLAMA_MODELS":"/home/user/models"}},\
        {"command":["llama-server","--model","/home/user/models/blobs/x"]}]""",
        JsonWriter.compact(JsonReader.read("p", recorded(files, "ollama-processes.json"))));
  }

  @Test
  void ofAUnitOnlyTheVariablesThatAreRead() throws IOException {
    Map<String, byte[]> files = machine("{\"USER\": \"mallory\"}");
    put(files, "fs/proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 7000000 kB\n");
    put(files, "fs/etc/systemd/system/ollama.service", "");
    put(
        files,
        "commands.json",
        "[{\"id\": \"systemctl-show-ollama\", \"argv\": [], \"exit\": 0, \"stdout\": \"u\"}]");
    put(
        files,
        "u",
        """
        LoadState=loaded
        User=mallory
        Environment=OLLAMA_API_KEY=hunter2 "OLLAMA_MODELS=/srv/my models" HTTPS_PROXY=http://mallory:hunter2@p
        """);
    assertEquals(
        "LoadState=loaded\nUser=user\nEnvironment=\"OLLAMA_MODELS=/srv/my models\"\n",
        recorded(files, "systemctl-show-ollama.txt"));
  }

  @Test
  void ofALogOnlyTheTwoLinesOfTheNewestStart() throws IOException {
    Map<String, byte[]> files =
        machine(
            "{\"HOME\": \"/Users/mallory\", \"USERPROFILE\": \"C:\\\\Users\\\\mallory\","
                + " \"LOCALAPPDATA\": \"C:\\\\Users\\\\mallory\\\\AppData\"}");
    put(files, "fs/C/Users/mallory/x", "");
    put(
        files,
        "commands.json",
        "[{\"id\": \"win-cim-json\", \"argv\": [], \"exit\": 0, \"stdout\": \"c\"}]");
    put(files, "c", "{}");
    put(
        files,
        "fs/C/Users/mallory/AppData/Ollama/server.log",
        """
        msg="server config" env="map[OLLAMA_CONTEXT_LENGTH:1]"
        msg="server config" env="map[HTTPS_PROXY:http://mallory:hunter2@p OLLAMA_CONTEXT_LENGTH:16384 \
        OLLAMA_MODELS:C:\\\\Users\\\\mallory\\\\m OLLAMA_ORIGINS:[http://mallory]]"
        msg="Listening on 127.0.0.1:11434 (version 0.32.15)"
        [GIN] 10.0.0.4711 chat of mallory
        """);
    assertEquals(
        """
        msg="server config" env="map[OLLAMA_CONTEXT_LENGTH:16384 OLLAMA_MODELS:C:\\\\Users\\\\user\\\\m]"
        msg="Listening (version 0.32.15)"
        """,
        recorded(files, "fs/C/Users/user/AppData/Ollama/server.log"));
    assertTrue(Files.exists(folder.resolve("env.json")));
  }
}
