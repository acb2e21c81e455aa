/** What a run would do, without writing anything. */
@NullMarked
package io.jobaudit.preview;

import org.jspecify.annotations.NullMarked;
