package io.jobaudit.billing;

import java.nio.file.Path;

/**
 * A report of a closed month that is to be kept.
 *
 * @param name name of the file
 * @param path where it stands
 * @param sha256 SHA-256 of its bytes when it was written, in hex
 * @param rows detail rows in it
 */
public record ArchivedReport(String name, Path path, String sha256, long rows) {
}
