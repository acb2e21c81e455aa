/** A run's metrics: a textfile, a Pushgateway and OTLP. */
@NullMarked
package io.jobaudit.metrics;

import org.jspecify.annotations.NullMarked;
