/// Which hardware runs a tag: the fit and the speed of other commands, asked of every machine that
/// the catalog can describe.
@NullMarked
package dev.r1pick.plan;

import org.jspecify.annotations.NullMarked;
