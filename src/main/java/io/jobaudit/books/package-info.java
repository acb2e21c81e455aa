/** Prices and closed months: what finance has booked. */
@NullMarked
package io.jobaudit.books;

import org.jspecify.annotations.NullMarked;
