package dev.r1pick.report.html;

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A headless Chromium, driven over its own protocol (Chrome DevTools Protocol) by the WebSocket of
/// the JDK.
final class Browser implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonValue>> answers = new ConcurrentHashMap<>();
  private final List<JsonValue> events = new CopyOnWriteArrayList<>();
  private String session = "";

  private Browser(Process process, String address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .join();
  }

  /// Where a Chromium is; empty where there is none.
  static Optional<Path> program() {
    for (String folder : List.of(String.valueOf(System.getenv("PATH")).split(":", -1))) {
      for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  /// Starts one with an empty profile.
  static Browser start(Path program, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--lang=en-US",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(_ -> {}));
        var browser = new Browser(process, line.substring(LISTENING.length()));
        browser.attach();
        return browser;
      }
    }
    throw new IOException("Chromium did not start");
  }

  private void attach() {
    String target =
        send("Target.createTarget", JsonValue.object().put("url", "about:blank"))
            .textAt("targetId")
            .orElseThrow();
    session =
        send(
                "Target.attachToTarget",
                JsonValue.object().put("targetId", target).put("flatten", true))
            .textAt("sessionId")
            .orElseThrow();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", JsonValue.object());
    }
  }

  /// One command and its result.
  ///
  /// @throws IllegalStateException if the browser refuses it
  JsonValue send(String method, JsonValue.Builder parameters) {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<JsonValue>();
    answers.put(id, answer);
    JsonValue.Builder command =
        JsonValue.object().put("id", id).put("method", method).put("params", parameters.build());
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    socket.sendText(JsonWriter.compact(command.build()), true).join();
    JsonValue whole = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (whole.member("error").isPresent()) {
      throw new IllegalStateException(method + ": " + whole);
    }
    return whole.member("result").orElseThrow();
  }

  /// Opens a file and waits until its script has run.
  void open(Path file) {
    events.clear();
    send("Page.navigate", JsonValue.object().put("url", file.toUri().toString()));
    await(
        "document.readyState === 'complete' && location.href.startsWith('file:')"
            + " && document.querySelector('h1') !== null");
  }

  /// Waits for a condition of the page.
  void await(String condition) {
    value(
        "new Promise((done, fail) => { const end = Date.now() + 30000; const look = () => {"
            + "if ("
            + condition
            + ") done(true); else if (Date.now() > end) fail(new Error('never: "
            + condition.replace("'", "\\'")
            + "')); else setTimeout(look, 30); }; look(); })");
  }

  /// What an expression comes to in the page.
  JsonValue value(String expression) {
    JsonValue result =
        send(
            "Runtime.evaluate",
            JsonValue.object()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("userGesture", true)
                .put("returnByValue", true));
    if (result.member("exceptionDetails").isPresent()) {
      throw new IllegalStateException(expression + ": " + result);
    }
    return result.member("result").orElseThrow().member("value").orElse(new JsonValue.Null());
  }

  /// The same as text.
  String text(String expression) {
    return value("String(" + expression + ")") instanceof JsonValue.Text(var text) ? text : "";
  }

  /// The same as a whole number.
  int number(String expression) {
    return Integer.parseInt(text(expression));
  }

  /// Presses a key where the focus is.
  void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          JsonValue.object().put("type", type).put("key", key).put("code", key));
    }
  }

  /// The window from now on.
  void resize(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        JsonValue.object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  /// The medium from now on.
  ///
  /// @param medium `print`, or nothing for the screen
  /// @param scheme `light` or `dark`
  void medium(String medium, String scheme) {
    send(
        "Emulation.setEmulatedMedia",
        JsonValue.object()
            .put("media", medium)
            .put(
                "features",
                List.of(
                    JsonValue.object()
                        .put("name", "prefers-color-scheme")
                        .put("value", scheme)
                        .build())));
    await("matchMedia('(prefers-color-scheme: dark)').matches === " + scheme.equals("dark"));
    await("matchMedia('print').matches === " + medium.equals("print"));
  }

  /// What the window shows as a picture; only with `-Dscreenshots=true`, since it takes as long as
  /// all the rest.
  void shoot(Path file) throws IOException {
    shoot(file, false);
  }

  /// The whole page as a picture, likewise.
  void shootAll(Path file) throws IOException {
    shoot(file, true);
  }

  private void shoot(Path file, boolean all) throws IOException {
    if (!Boolean.getBoolean("screenshots")) {
      return;
    }
    String data =
        send(
                "Page.captureScreenshot",
                JsonValue.object().put("format", "png").put("captureBeyondViewport", all))
            .textAt("data")
            .orElseThrow();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /// Everything wrong since the page was opened: exceptions, errors and warnings of the console,
  /// what its policy refused.
  List<String> complaints() {
    var complaints = new ArrayList<String>();
    for (JsonValue event : events) {
      String method = event.textAt("method").orElse("");
      if (List.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
          .contains(method)) {
        complaints.add(event.toString());
      }
    }
    return complaints;
  }

  /// The addresses that were asked for since the page was opened.
  List<String> requests() {
    var requests = new ArrayList<String>();
    for (JsonValue event : events) {
      if (event.textAt("method").equals(Optional.of("Network.requestWillBeSent"))) {
        requests.add(
            event
                .member("params")
                .flatMap(parameters -> parameters.member("request"))
                .flatMap(request -> request.textAt("url"))
                .orElse(""));
      }
    }
    return requests;
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonValue message = JsonReader.read("Chromium", text.toString());
        text.setLength(0);
        if (message.wholeAt("id").isPresent()) {
          CompletableFuture<JsonValue> answer =
              answers.remove((int) message.wholeAt("id").getAsLong());
          if (answer != null) {
            answer.complete(message);
          }
        } else {
          events.add(message);
        }
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
