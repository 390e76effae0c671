"""Reading the words in screenshots with Tesseract, which comes with the extra [ocr]."""
