/** What every room shares: the id of a smart job. */
@NullMarked
package io.jobaudit;

import org.jspecify.annotations.NullMarked;
