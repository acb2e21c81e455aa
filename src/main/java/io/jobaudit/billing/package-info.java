/** Prices and closed months: what finance has booked. */
@NullMarked
package io.jobaudit.billing;

import org.jspecify.annotations.NullMarked;
