/** CSV: lines with their numbers, and faults that name the line and the fix. */
@NullMarked
package io.jobaudit.csv;

import org.jspecify.annotations.NullMarked;
