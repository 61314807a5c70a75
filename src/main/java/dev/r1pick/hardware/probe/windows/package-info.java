/// Windows, through CIM, the registry and DXGI.
@NullMarked
package dev.r1pick.hardware.probe.windows;

import org.jspecify.annotations.NullMarked;
