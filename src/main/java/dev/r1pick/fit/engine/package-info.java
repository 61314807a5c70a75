/// llama.cpp's arithmetic: tensors, KV cache, compute buffers and how layers are dealt out.
@NullMarked
package dev.r1pick.fit.engine;

import org.jspecify.annotations.NullMarked;
