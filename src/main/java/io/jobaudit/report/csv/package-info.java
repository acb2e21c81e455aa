/** CSV files of a report. */
@NullMarked
package io.jobaudit.report.csv;

import org.jspecify.annotations.NullMarked;
