/** What a run shows while it goes on and leaves behind for machines that watch it. */
@NullMarked
package io.jobaudit.watch;

import org.jspecify.annotations.NullMarked;
