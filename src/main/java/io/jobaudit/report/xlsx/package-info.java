/** Workbooks, written with POI. */
@NullMarked
package io.jobaudit.report.xlsx;

import org.jspecify.annotations.NullMarked;
