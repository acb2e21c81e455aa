package io.jobaudit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written; many exceptions say no more than its path. */
public final class FileFailure {

	private FileFailure() {
	}

	/** The reason as part of a sentence. */
	public static String reason(IOException failure) {
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
