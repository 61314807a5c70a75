package dev.r1pick.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/// Standard output, which tells a reader that has gone away from a full disk.
///
/// The message of a failed write is in the user's language, so the system is asked about the stream
/// instead.
@SuppressWarnings("restricted")
final class LiveOutput extends OutputStream {
  /// POSIX `struct pollfd`: the descriptor, what is waited for, what there is.
  private static final MemoryLayout POLLFD =
      MemoryLayout.structLayout(JAVA_INT, JAVA_SHORT, JAVA_SHORT);

  /// `POLLERR` (Linux, for a pipe without a reader) and `POLLHUP` (macOS), in `<poll.h>` of both.
  private static final int GONE = 0x0008 | 0x0010;

  /// `STD_OUTPUT_HANDLE` and `FILE_TYPE_PIPE` of the Windows API.
  private static final int WINDOWS_OUTPUT = -11;

  private static final int WINDOWS_PIPE = 3;

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private final OsFamily family;

  LiveOutput(OsFamily family) {
    this.family = family;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw isReaderGone() ? new ReaderGone(e) : e;
    }
  }

  private boolean isReaderGone() {
    try (Arena arena = Arena.ofConfined()) {
      return family == OsFamily.WINDOWS ? isPipe(arena) : pollSaysGone(arena);
    } catch (Throwable _) {
      // A native call that fails leaves the write as the failure that it is.
      return false;
    }
  }

  private static boolean pollSaysGone(Arena arena) throws Throwable {
    var linker = Linker.nativeLinker();
    var poll =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("poll"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    MemorySegment asked = arena.allocate(POLLFD);
    asked.set(JAVA_INT, 0, 1);
    int answers = (int) poll.invokeExact(asked, 1L, 0);
    return answers > 0 && (asked.get(JAVA_SHORT, 6) & GONE) != 0;
  }

  /// A write to a pipe fails there for no other reason.
  private static boolean isPipe(Arena arena) throws Throwable {
    var linker = Linker.nativeLinker();
    var kernel = SymbolLookup.libraryLookup("kernel32", arena);
    var standardHandle =
        linker.downcallHandle(
            kernel.findOrThrow("GetStdHandle"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
    var fileType =
        linker.downcallHandle(
            kernel.findOrThrow("GetFileType"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
    var handle = (MemorySegment) standardHandle.invokeExact(WINDOWS_OUTPUT);
    return (int) fileType.invokeExact(handle) == WINDOWS_PIPE;
  }
}
