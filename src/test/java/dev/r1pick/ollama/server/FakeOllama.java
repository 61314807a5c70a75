package dev.r1pick.ollama.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server that plays recordings, each call its own in their order; the last one stays.
public final class FakeOllama implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Map<String, Deque<Recording>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<String> left = new CopyOnWriteArrayList<>();

  /// Listens on a free port of this machine.
  public FakeOllama() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(workers);
    server.createContext("/", this::answer);
    server.start();
  }

  /// A request that came in.
  public record Asked(String call, String body) {}

  /// Plays these for a call, such as `POST /api/pull`.
  public FakeOllama on(String call, Recording... recordings) {
    answers.put(call, new ArrayDeque<>(List.of(recordings)));
    return this;
  }

  /// Plays the recordings of these names for the calls that they answer.
  public FakeOllama plays(String... names) {
    for (String name : names) {
      Recording recording = Recording.of(name);
      answers
          .computeIfAbsent(recording.call().replace(" (last line)", ""), _ -> new ArrayDeque<>())
          .add(recording);
    }
    return this;
  }

  /// The value of `OLLAMA_HOST` that leads here.
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// What came in so far.
  public List<Asked> asked() {
    return new ArrayList<>(asked);
  }

  /// How many requests of a call came in.
  public int count(String call) {
    return (int) asked.stream().filter(one -> one.call().equals(call)).count();
  }

  /// The calls whose client left before their end.
  public List<String> left() {
    return new ArrayList<>(left);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(new Asked(call, body));
    Deque<Recording> queue = answers.get(call);
    Recording recording =
        queue == null
            ? Recording.plain(404, "404 page not found")
            : queue.size() > 1 ? queue.poll() : queue.getFirst();
    if (!recording.type().isEmpty()) {
      exchange.getResponseHeaders().add("Content-Type", recording.type());
    }
    try {
      if (recording.stream()) {
        stream(exchange, recording);
      } else {
        byte[] bytes = recording.lines().getFirst().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(recording.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
      }
    } catch (IOException _) {
      left.add(call);
      exchange.close();
    }
  }

  private static void stream(HttpExchange exchange, Recording recording) throws IOException {
    exchange.sendResponseHeaders(recording.status(), 0);
    OutputStream out = exchange.getResponseBody();
    int number = 0;
    for (String line : recording.lines()) {
      send(out, line, number++);
    }
    switch (recording.ends()) {
      case NORMALLY -> exchange.close();
      case CUT -> {
        // no closing chunk: the connection ends
        throw new IOException("cut");
      }
      case NEVER -> {
        while (true) {
          send(out, recording.lines().getLast(), number++);
          if (number % 16 == 0) {
            pause();
          }
        }
      }
    }
  }

  /// Lines without end would take a processor for themselves.
  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Every seventh line comes in two pieces, and others several at once.
  private static void send(OutputStream out, String line, int number) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    int first = number % 7 == 0 ? bytes.length / 2 : bytes.length;
    out.write(bytes, 0, first);
    if (number % 3 == 0) {
      out.flush();
    }
    out.write(bytes, first, bytes.length - first);
    if (number % 3 != 1) {
      out.flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.close();
  }
}
