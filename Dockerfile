# One image for the API (`serve`), the worker (`worker`) and the schema (`migrate`).
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    DINGBIAN_HOST=0.0.0.0
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r requirements.txt

# What is copied is listed in .dockerignore.
COPY . .
RUN python -m compileall -q service && useradd --system --uid 10001 --no-create-home dingbian

USER dingbian
EXPOSE 8000
ENTRYPOINT ["python", "-m", "service.cli"]
CMD ["serve"]
