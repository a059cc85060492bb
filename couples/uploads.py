from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoUploads(FileUploadHandler):
    """Leeway takes no files: any that arrive are skipped unread."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None
