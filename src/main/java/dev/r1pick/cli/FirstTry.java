package dev.r1pick.cli;

import java.io.IOException;
import java.io.OutputStream;

/// Standard output of a run that the launcher begins again, without the cache of its runtime, where
/// it ends by a fault before it has answered: a cache that is damaged makes classes do what nobody
/// wrote.
final class FirstTry extends OutputStream {
  private final OutputStream out;
  private boolean untouched = true;

  FirstTry(OutputStream out) {
    this.out = out;
  }

  /// Whether nothing was written yet.
  boolean isUntouched() {
    return untouched;
  }

  @Override
  public void write(int one) throws IOException {
    untouched = false;
    out.write(one);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    untouched = false;
    out.write(bytes, from, length);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /// The run failed, and nobody has heard of it yet.
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(Throwable fault) {
      super(fault);
    }
  }
}
