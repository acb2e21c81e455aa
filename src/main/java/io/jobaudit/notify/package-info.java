/** Notifies people by webhook and mail how a run ended, without affecting the run. */
@NullMarked
package io.jobaudit.notify;

import org.jspecify.annotations.NullMarked;
