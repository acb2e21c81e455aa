/** Which smart jobs a run is about: ids from a CSV file. */
@NullMarked
package io.jobaudit.ids;

import org.jspecify.annotations.NullMarked;
