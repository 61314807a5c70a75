/// Defaults: variables and the configuration file.
@NullMarked
package dev.r1pick.cli.config;

import org.jspecify.annotations.NullMarked;
