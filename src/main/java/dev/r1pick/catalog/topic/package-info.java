/// What people ask about the names of R1: terms, claims that are heard, and how a question finds
/// them.
@NullMarked
package dev.r1pick.catalog.topic;

import org.jspecify.annotations.NullMarked;
