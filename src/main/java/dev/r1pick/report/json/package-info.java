/// Results as JSON.
@NullMarked
package dev.r1pick.report.json;

import org.jspecify.annotations.NullMarked;
