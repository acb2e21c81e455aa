package io.jobaudit;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import org.apache.hc.core5.http.MessageConstraintException;

/** Why something failed, in one line for an operator. */
public final class FailureReason {

	private FailureReason() {
	}

	/** The message, with words if it is only a name, without PostgreSQL's position. */
	public static String of(Throwable failure) {
		String message = String.valueOf(failure.getMessage())
			.strip()
			.replaceAll("\\s*\\R\\s*", " ")
			.replaceFirst(" Position: \\d+$", "");
		if (failure instanceof UnknownHostException) {
			return "unknown host " + message;
		}
		if (failure instanceof OutOfMemoryError) {
			return "the Java process has too little memory (%s); give it more, such as -Xmx256m".formatted(message);
		}
		if (failure instanceof MessageConstraintException) {
			return "the answer has more than 100 header lines, or one longer than 16 KB";
		}
		if (failure instanceof FileSystemException file) {
			return ofFile(file) + ": " + file.getFile();
		}
		return (failure.getMessage() != null) ? message : "an error without a message";
	}

	/** Why a file cannot be read or written, as part of a sentence. */
	public static String ofFile(IOException failure) {
		if (failure instanceof NoSuchFileException) {
			return "no such file or directory";
		}
		if (failure instanceof AccessDeniedException) {
			return "permission denied";
		}
		if (failure instanceof EOFException) {
			return "it ends in the middle";
		}
		String reason = (failure instanceof FileSystemException file) ? file.getReason() : failure.getMessage();
		return (reason != null) ? reason : "input/output error";
	}

}
