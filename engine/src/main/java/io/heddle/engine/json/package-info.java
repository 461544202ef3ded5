/** JSON by Jackson. The only package that needs Jackson on the class path. */
@NullMarked
package io.heddle.engine.json;

import org.jspecify.annotations.NullMarked;
