/** Scenarios as YAML: read strictly, written in full, and a library of them. */
@NullMarked
package io.heddle.scenarios.file;

import org.jspecify.annotations.NullMarked;
