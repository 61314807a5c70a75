package dev.r1pick.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Asks Metal how much memory the GPU of a Mac may use, as the engine does.
///
/// Three calls into the Objective-C runtime: `MTLCreateSystemDefaultDevice`, then the properties
/// `recommendedMaxWorkingSetSize`, `hasUnifiedMemory` and `name` of the device.
@SuppressWarnings("restricted")
final class LiveMetal {
  private static final String FRAMEWORKS = "/System/Library/Frameworks/";
  private static final int LONGEST_NAME = 256;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup objc;
  private final Arena arena;

  private LiveMetal(Arena arena) {
    this.arena = arena;
    this.objc = SymbolLookup.libraryLookup("/usr/lib/libobjc.A.dylib", arena);
  }

  /// The default device as JSON; empty where there is none or the call is not possible.
  static Optional<String> deviceJson() {
    try {
      // Frameworks stay loaded: unloading them is not supported.
      return new LiveMetal(Arena.global()).device();
    } catch (Throwable _) {
      // Native calls fail in many ways; without them a floor is computed from the size of memory.
      return Optional.empty();
    }
  }

  private Optional<String> device() throws Throwable {
    // Without CoreGraphics a program on the command line gets no default device.
    SymbolLookup.libraryLookup(FRAMEWORKS + "CoreGraphics.framework/CoreGraphics", arena);
    SymbolLookup metal = SymbolLookup.libraryLookup(FRAMEWORKS + "Metal.framework/Metal", arena);
    MemorySegment device =
        (MemorySegment)
            linker
                .downcallHandle(
                    metal.findOrThrow("MTLCreateSystemDefaultDevice"),
                    FunctionDescriptor.of(ADDRESS))
                .invokeExact();
    if (device.address() == 0) {
      return Optional.empty();
    }
    long workingSet =
        (long)
            send(FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS))
                .invokeExact(device, selector("recommendedMaxWorkingSetSize"));
    byte unified =
        (byte)
            send(FunctionDescriptor.of(JAVA_BYTE, ADDRESS, ADDRESS))
                .invokeExact(device, selector("hasUnifiedMemory"));
    return Optional.of(
        JsonWriter.pretty(
            JsonValue.object()
                .put("name", name(device))
                .put("recommendedMaxWorkingSetSize", workingSet)
                .put("hasUnifiedMemory", unified != 0)
                .build()));
  }

  private String name(MemorySegment device) throws Throwable {
    MemorySegment name =
        (MemorySegment)
            send(FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS))
                .invokeExact(device, selector("name"));
    if (name.address() == 0) {
      return "";
    }
    MemorySegment text =
        (MemorySegment)
            send(FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS))
                .invokeExact(name, selector("UTF8String"));
    return text.address() == 0 ? "" : text.reinterpret(LONGEST_NAME).getString(0);
  }

  private MethodHandle send(FunctionDescriptor shape) {
    return linker.downcallHandle(objc.findOrThrow("objc_msgSend"), shape);
  }

  private MemorySegment selector(String name) throws Throwable {
    return (MemorySegment)
        linker
            .downcallHandle(
                objc.findOrThrow("sel_registerName"), FunctionDescriptor.of(ADDRESS, ADDRESS))
            .invokeExact(arena.allocateFrom(name));
  }
}
