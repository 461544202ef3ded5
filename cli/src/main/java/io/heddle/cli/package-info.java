/** The command line: parse, call, exit code. */
@NullMarked
package io.heddle.cli;

import org.jspecify.annotations.NullMarked;
