/// Ways to run the 671B that are not one machine with Ollama, and machines to plan with.
@NullMarked
package dev.r1pick.catalog.deployment;

import org.jspecify.annotations.NullMarked;
