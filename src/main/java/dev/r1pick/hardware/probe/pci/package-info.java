/// Display devices as the PCI bus shows them.
@NullMarked
package dev.r1pick.hardware.probe.pci;

import org.jspecify.annotations.NullMarked;
