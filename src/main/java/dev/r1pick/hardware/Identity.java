package dev.r1pick.hardware;

import java.util.Optional;

/// What tells one device from another.
///
/// @param pciAddress for example `0000:2d:00.0`
/// @param pciId `vendor:device` in lower-case hex
/// @param pciSubsystem of the board, `vendor:device` in lower-case hex
/// @param pciRevision of the chip, two digits in lower-case hex
/// @param uuid of the driver; never written into reports and recordings
/// @param driverVersion as the driver prints it
/// @param computeCapability NVIDIA only, for example `8.6`
/// @param gfxTarget AMD only, for example `gfx1100`
/// @param gpuCores GPU cores (Apple), which tell chips of one name apart
/// @param driverIndex its number in the driver's own order, by which variables such as
///   CUDA_VISIBLE_DEVICES count; for AMD the number of its KFD node
/// @param vulkanPlace its place among the devices that Vulkan lists, where Vulkan or Windows was
///   asked
/// @param jetson which Jetson it is a part of
public record Identity(
    Optional<String> pciAddress,
    Optional<String> pciId,
    Optional<String> pciSubsystem,
    Optional<String> pciRevision,
    Optional<String> uuid,
    Optional<String> driverVersion,
    Optional<String> computeCapability,
    Optional<String> gfxTarget,
    Optional<Integer> gpuCores,
    Optional<Integer> driverIndex,
    Optional<VulkanPlace> vulkanPlace,
    Optional<Jetson> jetson) {

  /// Nothing known.
  public static final Identity UNKNOWN =
      new Identity(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /// A place in Vulkan's list.
  ///
  /// @param index from 0
  /// @param devices how many Vulkan lists, those that compute on the processor included; empty
  ///   where it was not asked: then the place is that in the list of Windows, which Vulkan follows
  public record VulkanPlace(int index, Optional<Integer> devices) {}

  /// A Jetson board.
  ///
  /// @param release of its Linux, for example 36; empty where nothing tells
  public record Jetson(Optional<Integer> release) {}

  /// `vendor:device:revision`, or without the revision where that is not known.
  public Optional<String> pciIdWithRevision() {
    return pciRevision.isPresent() ? pciId.map(id -> id + ":" + pciRevision.get()) : pciId;
  }

  /// The same with that pci address.
  public Identity withPciAddress(Optional<String> other) {
    return new Identity(
        other,
        pciId,
        pciSubsystem,
        pciRevision,
        uuid,
        driverVersion,
        computeCapability,
        gfxTarget,
        gpuCores,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that pci id.
  public Identity withPciId(Optional<String> other) {
    return new Identity(
        pciAddress,
        other,
        pciSubsystem,
        pciRevision,
        uuid,
        driverVersion,
        computeCapability,
        gfxTarget,
        gpuCores,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that pci subsystem.
  public Identity withPciSubsystem(Optional<String> other) {
    return new Identity(
        pciAddress,
        pciId,
        other,
        pciRevision,
        uuid,
        driverVersion,
        computeCapability,
        gfxTarget,
        gpuCores,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that pci revision.
  public Identity withPciRevision(Optional<String> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        other,
        uuid,
        driverVersion,
        computeCapability,
        gfxTarget,
        gpuCores,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that uuid.
  public Identity withUuid(Optional<String> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        pciRevision,
        other,
        driverVersion,
        computeCapability,
        gfxTarget,
        gpuCores,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that driver version.
  public Identity withDriverVersion(Optional<String> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        pciRevision,
        uuid,
        other,
        computeCapability,
        gfxTarget,
        gpuCores,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that compute capability.
  public Identity withComputeCapability(Optional<String> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        pciRevision,
        uuid,
        driverVersion,
        other,
        gfxTarget,
        gpuCores,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that gfx target.
  public Identity withGfxTarget(Optional<String> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        pciRevision,
        uuid,
        driverVersion,
        computeCapability,
        other,
        gpuCores,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that gpu cores.
  public Identity withGpuCores(Optional<Integer> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        pciRevision,
        uuid,
        driverVersion,
        computeCapability,
        gfxTarget,
        other,
        driverIndex,
        vulkanPlace,
        jetson);
  }

  /// The same with that driver index.
  public Identity withDriverIndex(Optional<Integer> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        pciRevision,
        uuid,
        driverVersion,
        computeCapability,
        gfxTarget,
        gpuCores,
        other,
        vulkanPlace,
        jetson);
  }

  /// The same with that vulkan place.
  public Identity withVulkanPlace(Optional<VulkanPlace> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        pciRevision,
        uuid,
        driverVersion,
        computeCapability,
        gfxTarget,
        gpuCores,
        driverIndex,
        other,
        jetson);
  }

  /// The same with that jetson.
  public Identity withJetson(Optional<Jetson> other) {
    return new Identity(
        pciAddress,
        pciId,
        pciSubsystem,
        pciRevision,
        uuid,
        driverVersion,
        computeCapability,
        gfxTarget,
        gpuCores,
        driverIndex,
        vulkanPlace,
        other);
  }
}
