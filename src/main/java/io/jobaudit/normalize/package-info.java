/** From an API answer to a row. Pure: no Spring, no I/O, no clock. */
@NullMarked
package io.jobaudit.normalize;

import org.jspecify.annotations.NullMarked;
