package dev.r1pick.host;

import dev.r1pick.host.HttpFailure.Cause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// The real network, by the client of `java.base`: the newer one is a module of its own, and its
/// first request takes ten times as long (docs/decisions/0010).
final class LiveHttp implements Http {
  private final LiveNames names;

  LiveHttp(LiveNames names) {
    this.names = names;
  }

  @Override
  public HttpAnswer send(HttpRequest request) throws HttpFailure {
    HttpURLConnection connection = open(request);
    try {
      connection.connect();
    } catch (SocketTimeoutException e) {
      throw new HttpFailure(Cause.UNREACHABLE, words(e));
    } catch (IOException e) {
      throw new HttpFailure(causeOf(e, Cause.UNREACHABLE), words(e));
    }
    try {
      if (request.body().isPresent()) {
        try (OutputStream out = connection.getOutputStream()) {
          out.write(request.body().get().getBytes(StandardCharsets.UTF_8));
        }
      }
      int status = connection.getResponseCode();
      if (status < 0) {
        connection.disconnect();
        throw new HttpFailure(Cause.NOT_HTTP, "");
      }
      InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
      return new Answer(
          connection, status, body == null ? InputStream.nullInputStream() : body, request.most());
    } catch (HttpFailure e) {
      throw e;
    } catch (IOException e) {
      connection.disconnect();
      throw new HttpFailure(causeOf(e, Cause.CUT), words(e));
    }
  }

  private HttpURLConnection open(HttpRequest request) throws HttpFailure {
    HttpURLConnection connection;
    try {
      var url = URI.create(request.url()).toURL();
      names.await(
          request.proxy().map(HttpRequest.Proxy::host).orElse(url.getHost()), request.connect());
      if (!(url.openConnection(through(request)) instanceof HttpURLConnection opened)) {
        throw new HttpFailure(Cause.BAD_ADDRESS, request.url());
      }
      connection = opened;
      connection.setRequestMethod(request.method());
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw new HttpFailure(Cause.BAD_ADDRESS, String.valueOf(e.getMessage()));
    } catch (HttpFailure e) {
      throw e;
    } catch (IOException e) {
      throw new HttpFailure(causeOf(e, Cause.UNREACHABLE), words(e));
    }
    connection.setConnectTimeout(millis(request.connect()));
    connection.setReadTimeout(millis(request.silence()));
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("User-Agent", "r1pick");
    connection.setRequestProperty("Accept", "application/json, application/x-ndjson");
    // one request a connection: a kept one may be dead, and to find out costs a second request
    connection.setRequestProperty("Connection", "close");
    request
        .proxy()
        .flatMap(HttpRequest.Proxy::authorization)
        .ifPresent(login -> connection.setRequestProperty("Proxy-Authorization", login));
    if (request.body().isPresent()) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      // with a length that is told beforehand a POST is never sent twice
      connection.setFixedLengthStreamingMode(
          request.body().get().getBytes(StandardCharsets.UTF_8).length);
    }
    return connection;
  }

  private static Proxy through(HttpRequest request) {
    return request
        .proxy()
        .map(p -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(p.host(), p.port())))
        .orElse(Proxy.NO_PROXY);
  }

  private static int millis(Duration time) {
    return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
  }

  private static Cause causeOf(IOException e, Cause otherwise) {
    return switch (e) {
      case SocketTimeoutException _ -> Cause.SILENT;
      case UnknownHostException _ -> Cause.UNKNOWN_HOST;
      case ConnectException _ -> Cause.REFUSED;
      case SSLException ssl -> isOfCertificate(ssl) ? Cause.UNTRUSTED : Cause.NOT_HTTP;
      default -> otherwise;
    };
  }

  private static boolean isOfCertificate(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static String words(IOException e) {
    return String.valueOf(e.getMessage());
  }

  /// What comes back.
  private static final class Answer implements HttpAnswer {
    private final HttpURLConnection connection;
    private final int status;
    private final InputStream body;
    private final int most;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;

    Answer(HttpURLConnection connection, int status, InputStream body, int most) {
      this.connection = connection;
      this.status = status;
      this.body = body;
      this.most = most;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Optional<String> line() throws HttpFailure {
      var line = new ByteArrayOutputStream();
      while (at < end || fill()) {
        int stop = at;
        while (stop < end && buffer[stop] != '\n') {
          stop++;
        }
        take(line, stop);
        if (at < end) {
          at++;
          return Optional.of(line.toString(StandardCharsets.UTF_8));
        }
      }
      return line.size() == 0
          ? Optional.empty()
          : Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    @Override
    public String text() throws HttpFailure {
      var text = new ByteArrayOutputStream();
      while (at < end || fill()) {
        take(text, end);
      }
      return text.toString(StandardCharsets.UTF_8);
    }

    private void take(ByteArrayOutputStream to, int stop) throws HttpFailure {
      to.write(buffer, at, stop - at);
      at = stop;
      if (to.size() > most) {
        close();
        throw new HttpFailure(Cause.TOO_LARGE, "");
      }
    }

    /// Reads on.
    ///
    /// @return whether there is more
    private boolean fill() throws HttpFailure {
      try {
        at = 0;
        end = Math.max(0, body.read(buffer));
        return end > 0;
      } catch (IOException e) {
        end = 0;
        close();
        throw new HttpFailure(causeOf(e, Cause.CUT), words(e));
      }
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
