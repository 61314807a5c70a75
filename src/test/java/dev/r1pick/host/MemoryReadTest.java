package dev.r1pick.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The timed read of this machine's own memory: it takes its time, so the mutation run leaves it
/// out.
class MemoryReadTest {
  @Test
  void aReadOfMemoryGivesAPlausibleFigure() {
    double measured = new LiveHost().memoryRead(2).orElseThrow().inGBPerSecond();
    assertTrue(measured > 0.5 && measured < 2000, "GB/s: " + measured);
  }
}
