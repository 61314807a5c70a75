package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Evidence;
import dev.r1pick.units.Bandwidth;

/// A kind of main memory and how fast it can be read at best.
///
/// @param type for example `DDR5`
/// @param megaTransfersPerSecond the number in the module's name, for example 5600
/// @param busBits width of all channels together; a DDR channel has 64
/// @param bandwidth theoretical peak
/// @param typicalOf machines that have it
/// @param evidence how sure the pair of bandwidth and machines is
public record CpuMemory(
    String type,
    int megaTransfersPerSecond,
    int busBits,
    Bandwidth bandwidth,
    String typicalOf,
    Evidence evidence) {}
