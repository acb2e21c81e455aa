/**
 * Which smart jobs a run is about: ids from CSV files, archives, standard input or a
 * query.
 */
@NullMarked
package io.jobaudit.ids;

import org.jspecify.annotations.NullMarked;
