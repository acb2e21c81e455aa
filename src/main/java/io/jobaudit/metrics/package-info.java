/** Metrics of runs, in a textfile, to a Pushgateway and by OTLP. */
@NullMarked
package io.jobaudit.metrics;

import org.jspecify.annotations.NullMarked;
